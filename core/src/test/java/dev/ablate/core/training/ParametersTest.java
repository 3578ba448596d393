package dev.ablate.core.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ParametersTest {

    @Test
    void comeBackToTheBitInTheirOrder() throws IOException {
        Map<String, Double> parameters = new LinkedHashMap<>();
        parameters.put("größe", -0.0);
        parameters.put("a", Double.MIN_VALUE);
        parameters.put("bias", Double.NaN);
        parameters.put("", Double.NEGATIVE_INFINITY);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Parameters.write(parameters, out);
        out.write(7);
        ByteArrayInputStream in = new ByteArrayInputStream(out.toByteArray());
        assertEquals(
                new ArrayList<>(parameters.entrySet()),
                new ArrayList<>(Parameters.read(in).entrySet()));
        assertEquals(7, in.read());
    }

    @Test
    void areRefusedWhereTheyAreCutOff() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Parameters.write(Map.of("a", 1.0), out);
        for (int length = 0; length < out.size(); length++) {
            byte[] cut = Arrays.copyOf(out.toByteArray(), length);
            assertThrows(IOException.class, () -> Parameters.read(new ByteArrayInputStream(cut)));
        }
    }
}
