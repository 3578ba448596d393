package dev.ablate.core.training;

import dev.ablate.core.option.OptionType;
import dev.ablate.core.option.OptionValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Weights, and a bias that may be left out. */
final class InitialLayerType implements OptionType<InitialLayer> {

    @Override
    public String words() {
        return "{ weights: lists of numbers, bias: list of numbers }";
    }

    @Override
    public Optional<InitialLayer> read(OptionValue value) {
        return value.entries(List.of("weights"), List.of("bias")).flatMap(entries -> {
            Optional<List<List<Double>>> weights =
                    Optional.ofNullable(entries.get("weights")).flatMap(InitialLayerType::matrix);
            Optional<OptionValue> givenBias = Optional.ofNullable(entries.get("bias"));
            Optional<List<Double>> bias = givenBias.flatMap(InitialLayerType::numbers);
            if (weights.isEmpty() || bias.isPresent() != givenBias.isPresent()) {
                return Optional.empty();
            }
            try {
                return Optional.of(new InitialLayer(weights.get(), bias));
            } catch (IllegalArgumentException e) {
                value.refuse(String.valueOf(e.getMessage()));
                return Optional.empty();
            }
        });
    }

    private static Optional<List<List<Double>>> matrix(OptionValue value) {
        return value.items(InitialLayerType::numbers);
    }

    private static Optional<List<Double>> numbers(OptionValue value) {
        return value.items(OptionValue::number);
    }

    @Override
    public Object write(InitialLayer layer) {
        Map<String, Object> entries = new LinkedHashMap<>();
        layer.bias().ifPresent(bias -> entries.put("bias", bias));
        entries.put("weights", layer.weights());
        return entries;
    }
}
