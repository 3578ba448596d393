package dev.ablate.core.training;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** Named numbers as bytes, for models that are nothing but {@linkplain Model#parameters() these}; equal to the bit, in their order. */
public final class Parameters {

    private Parameters() {}

    /**
     * Writes them: how many, then each name and its bits.
     *
     * @throws IOException if the stream does
     */
    public static void write(Map<String, Double> parameters, OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(out);
        data.writeInt(parameters.size());
        for (Map.Entry<String, Double> parameter : parameters.entrySet()) {
            data.writeUTF(parameter.getKey());
            data.writeLong(Double.doubleToRawLongBits(parameter.getValue()));
        }
        data.flush();
    }

    /**
     * Reads what {@link #write} wrote, and nothing behind it.
     *
     * @throws IOException if the stream does, or ends too early
     */
    public static Map<String, Double> read(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        int count = data.readInt();
        Map<String, Double> parameters = new LinkedHashMap<>();
        for (int k = 0; k < count; k++) {
            parameters.put(data.readUTF(), Double.longBitsToDouble(data.readLong()));
        }
        return parameters;
    }
}
