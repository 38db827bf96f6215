package io.troupe.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The plan of the house, held by a test: which room may use which, no cycles between packages, and
/// a note in each package that says what lives there.
class HouseTest {
    private static final Set<String> VAGUE =
            Set.of("util", "utils", "common", "helper", "helpers", "manager", "impl", "misc");

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("io.troupe");

    @Test
    void roomsUseEachOtherInOneDirection() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("planner")
                .definedBy("io.troupe.planner..")
                .layer("columnar")
                .definedBy("io.troupe.columnar..")
                .layer("pybridge")
                .definedBy("io.troupe.pybridge..")
                .layer("console")
                .definedBy("io.troupe.console..")
                .layer("cluster")
                .definedBy("io.troupe.cluster..")
                .layer("executor")
                .definedBy("io.troupe.executor..")
                .layer("driver")
                .definedBy("io.troupe.driver..")
                .whereLayer("planner")
                .mayNotAccessAnyLayer()
                .whereLayer("columnar")
                .mayOnlyAccessLayers("planner")
                .whereLayer("pybridge")
                .mayOnlyAccessLayers("planner", "columnar")
                .whereLayer("cluster")
                .mayOnlyAccessLayers("planner")
                .whereLayer("executor")
                .mayOnlyAccessLayers("planner", "columnar", "pybridge", "cluster")
                .whereLayer("console")
                .mayOnlyAccessLayers("planner")
                .whereLayer("driver")
                .mayNotBeAccessedByAnyLayer()
                .check(CLASSES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "planner",
                "columnar",
                "pybridge",
                "cluster",
                "executor",
                "console",
                "driver"
            })
    void packagesOfARoomFormNoCycle(String room) {
        slices().matching("io.troupe." + room + ".(**)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void planningTouchesNoFileNoNetworkAndNoActor() {
        noClasses()
                .that()
                .resideInAPackage("io.troupe.planner..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.net..", "java.nio.file..", "org.apache.pekko..", "io.netty..")
                .check(CLASSES);
    }

    @Test
    void theEngineKnowsNoActors() {
        noClasses()
                .that()
                .resideInAnyPackage("io.troupe.columnar..", "io.troupe.pybridge..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.pekko..", "com.esotericsoftware..")
                .check(CLASSES);
    }

    @Test
    void everyPackageSaysWhatLivesInIt() throws IOException {
        List<Path> silent = new ArrayList<>();
        for (Path folder : packageFolders()) {
            if (!Files.exists(folder.resolve("package-info.java"))) {
                silent.add(folder);
            }
        }
        assertEquals(List.of(), silent, "packages without a package-info.java");
    }

    @Test
    void noPackageHasANameThatSaysNothing() throws IOException {
        for (Path folder : packageFolders()) {
            assertFalse(VAGUE.contains(folder.getFileName().toString()), folder.toString());
        }
    }

    /// The folders of all rooms' sources that hold a class.
    private static List<Path> packageFolders() throws IOException {
        Path root = Path.of("..").toRealPath();
        List<Path> found = new ArrayList<>();
        try (Stream<Path> rooms = Files.list(root)) {
            for (Path room : rooms.sorted().toList()) {
                Path sources = room.resolve("src/main/java");
                if (Files.isDirectory(sources)) {
                    try (Stream<Path> files = Files.walk(sources)) {
                        files.filter(file -> file.toString().endsWith(".java"))
                                .map(Path::getParent)
                                .distinct()
                                .forEach(found::add);
                    }
                }
            }
        }
        assertFalse(found.isEmpty(), "no sources below " + root);
        return found;
    }
}
