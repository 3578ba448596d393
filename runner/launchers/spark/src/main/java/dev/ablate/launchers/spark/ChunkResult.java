package dev.ablate.launchers.spark;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.List;

/**
 * What a chunk gives.
 *
 * @param failure why what trains came to no end; empty if it did
 * @param results of each task, in their order; no bytes where a task has none
 */
record ChunkResult(String failure, List<byte[]> results) implements Serializable {

    byte[] bytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(this);
        }
        return bytes.toByteArray();
    }

    static ChunkResult of(byte[] bytes) throws IOException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return (ChunkResult) in.readObject();
        } catch (ClassNotFoundException e) {
            throw new IOException("a result is of another version", e);
        }
    }
}
