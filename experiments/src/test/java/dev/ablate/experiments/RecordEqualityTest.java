package dev.ablate.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget.FieldAccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Records that write out how they are compared compare all that they have. */
class RecordEqualityTest {

    @Test
    void aWrittenEqualsLeavesOutNoComponent() {
        Map<String, Set<String>> compared = new TreeMap<>();
        Map<String, Set<String>> components = new TreeMap<>();
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.ablate")) {
            if (type.isRecord()) {
                Set<String> read = read(type.getMethod("equals", Object.class));
                // what Java makes of a record reads none itself
                if (!read.isEmpty()) {
                    compared.put(type.getName(), read);
                    components.put(type.getName(), components(type));
                }
            }
        }
        assertThat(compared).isNotEmpty().isEqualTo(components);
    }

    private static Set<String> components(JavaClass type) {
        return type.getFields().stream()
                .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
                .map(JavaField::getName)
                .collect(Collectors.toSet());
    }

    private static Set<String> read(JavaMethod method) {
        return method.getFieldAccesses().stream()
                .map(access -> access.getTarget())
                .filter(target -> target.getOwner().equals(method.getOwner()))
                .map(FieldAccessTarget::getName)
                .collect(Collectors.toSet());
    }
}
