package dev.ablate.engine.runs.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkFileSystemTest {

    /** Lines of mount tables as Linux writes them. */
    private static final String MOUNTS = """
            22 1 8:2 / / rw,relatime shared:1 - ext4 /dev/sda2 rw,errors=remount-ro
            23 22 0:21 / /proc rw,nosuid,nodev,noexec,relatime shared:12 - proc proc rw
            40 22 0:35 / /home rw,relatime shared:20 - autofs systemd-1 rw,fd=47,pgrp=1,timeout=0,minproto=5,maxproto=5,direct
            41 40 0:52 / /home/ada rw,relatime shared:21 - nfs4 filer.example.org:/export/ada rw,vers=4.2,rsize=1048576,hard,proto=tcp,sec=krb5,local_lock=none,addr=10.1.0.3
            42 22 0:53 / /old rw,relatime - nfs filer:/vol/old rw,vers=3,nolock,addr=10.1.0.4
            43 22 0:54 / /lustre/scratch rw,noatime master:3 - lustre 10.2.0.1@o2ib:10.2.0.2@o2ib:/scratch rw,flock,lazystatfs
            44 22 0:55 / /gpfs/project rw,relatime shared:30 - gpfs project rw
            45 22 0:56 / /mnt/beegfs rw,relatime shared:31 - beegfs beegfs_nodev rw,cfgFile=/etc/beegfs/beegfs-client.conf
            46 22 0:57 / /mnt/share rw,relatime shared:32 - cifs //server/share rw,vers=3.1.1,uid=1000
            47 22 0:58 / /mnt/win rw,relatime shared:33 - smb3 //server/win rw
            48 22 0:59 / /mnt/remote\\040files rw,nosuid,nodev,relatime shared:34 - fuse.sshfs ada@login:/data rw,user_id=1000
            49 22 8:17 / /scratch rw,relatime shared:35 - xfs /dev/sdb1 rw,attr2
            50 22 0:60 / /tmp rw,nosuid,nodev shared:36 - tmpfs tmpfs rw
            51 41 8:18 /ada /home/ada/local rw,relatime shared:37 - btrfs /dev/sdc1 rw,subvol=/ada
            52 22 0:61 / /lustrous rw,relatime - overlay overlay rw,lowerdir=/a,upperdir=/b,workdir=/c
            """;

    @ParameterizedTest
    @CsvSource({
        "/home/ada/.ablate, nfs4",
        "/home/ada, nfs4",
        "/old/.ablate, nfs",
        "/lustre/scratch/ada/.ablate, lustre",
        "/gpfs/project/.ablate, gpfs",
        "/mnt/beegfs/ada, beegfs",
        "/mnt/share/ada, cifs",
        "/mnt/win/ada, smb3",
        "/mnt/remote files/ada, fuse.sshfs"
    })
    void findsThoseThatSeveralHostsSee(String path, String type) {
        assertThat(NetworkFileSystem.type(MOUNTS, path)).contains(type);
        assertThat(NetworkFileSystem.isNetwork(type)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "/, ext4",
        "/srv/ablate, ext4",
        "/home/grace, autofs",
        "/home/ada/local/.ablate, btrfs",
        "/home/adam, autofs",
        "/scratch/ada, xfs",
        "/tmp/x, tmpfs",
        "/lustrous/x, overlay",
        "/lustre/other, ext4"
    })
    void findsThoseOfOneHost(String path, String type) {
        assertThat(NetworkFileSystem.type(MOUNTS, path)).contains(type);
        assertThat(NetworkFileSystem.isNetwork(type)).isFalse();
    }

    @Test
    void takesWhatWasMountedLastOverTheSameFolder() {
        String twice = MOUNTS + "60 41 8:19 / /home/ada rw,relatime - ext4 /dev/sdd1 rw\n";
        assertThat(NetworkFileSystem.type(twice, "/home/ada/.ablate")).contains("ext4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "22 1 8:2 / / rw - ", "no table at all", "22 1 8:2 /"})
    void findsNothingWhereThereIsNoTable(String text) {
        assertThat(NetworkFileSystem.type(text, "/home/ada")).isEmpty();
    }

    /** This machine's own table, whatever it holds: the folder of tests is on a disk of its own. */
    @Test
    void readsTheTableOfThisMachine(@TempDir Path folder) throws Exception {
        Path mounts = Path.of("/proc/self/mountinfo");
        if (Files.isReadable(mounts)) {
            assertThat(NetworkFileSystem.type(
                            Files.readString(mounts), folder.toRealPath().toString()))
                    .contains(Files.getFileStore(folder).type());
        }
        assertThat(NetworkFileSystem.of(folder.resolve("not/there/yet"))).isEmpty();
    }
}
