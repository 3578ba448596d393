package dev.ablate.engine.provenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandMaskTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            run spec.yaml --repeats 3                         | run spec.yaml --repeats 3
            run spec.yaml --set trainer.epochs=3              | run spec.yaml --set trainer.epochs=***
            run spec.yaml --set=dataset.url=x=y               | run spec.yaml --set=dataset.url=***
            run spec.yaml -s a.b=c -sa.b=c -s=a.b=c           | run spec.yaml -s a.b=*** -sa.b=*** -s=a.b=***
            run spec.yaml --set broken                        | run spec.yaml --set ***
            run s --tracking-uri https://me:pw@host:1/p       | run s --tracking-uri https://***@host:1/p
            run s --tracking-uri=http://token@host/p?q=1&r=2  | run s --tracking-uri=http://***@host/p?***
            run s --tracking-uri http://me:p@ss@host/p#f?x    | run s --tracking-uri http://***@host/p#***
            run s --tracking-uri http://host/me@home          | run s --tracking-uri http://host/me@home
            run s --api-token abc                             | run s --api-token ***
            run s --api-token=abc MY_PASSWORD=abc             | run s --api-token=*** MY_PASSWORD=***
            """)
    void takesOutWhatIsNobodyElses(String typed, String masked) {
        assertThat(String.join(" ", CommandMask.mask(List.of(typed.split(" ", -1)))))
                .isEqualTo(masked);
    }

    @Test
    void aWordWithLineBreaksHidesNothing() {
        assertThat(CommandMask.mask(List.of("run", "--set", "a.b=c\nd=e", "token=x\ny")))
                .containsExactly("run", "--set", "a.b=***", "token=***");
    }
}
