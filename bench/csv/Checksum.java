import dev.ablate.engine.Ablate;
import java.nio.file.Path;

/** Prints the content hash of a spec's data: equal hashes are equal numbers, to the bit. */
public final class Checksum {

    private Checksum() {}

    public static void main(String[] arguments) {
        try (Ablate ablate = Ablate.builder().home(Path.of(arguments[1])).build()) {
            System.out.println(
                    ablate.experiment(Path.of(arguments[0])).plan().dataset().contentHash());
        }
    }
}
