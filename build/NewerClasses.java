import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/**
 * Gives classes of libraries that were compiled for Java 5 or older the form of Java 8; what they do is the same. Java puts none of the
 * older form into an archive of classes, and takes long to check them at each start.
 *
 * <p>Its arguments: a folder of jars, and patterns of the names of those in it that are rewritten. It runs with ASM on its class path.
 */
final class NewerClasses {

    /** The first version that has what Java checks a class by. */
    private static final int CHECKED = 50;

    private static final int MAGIC_AND_MINOR = 6;

    private NewerClasses() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        List<URL> jars = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
            for (Path file : files) {
                jars.add(file.toUri().toURL());
            }
        }
        try (URLClassLoader all = new URLClassLoader(jars.toArray(new URL[0]))) {
            for (int i = 1; i < arguments.length; i++) {
                try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, arguments[i])) {
                    for (Path file : files) {
                        rewrite(file, all);
                    }
                }
            }
        }
    }

    private static void rewrite(Path file, ClassLoader all) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try (JarFile jar = new JarFile(file.toFile());
                JarOutputStream out = new JarOutputStream(Files.newOutputStream(next))) {
            for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
                JarEntry entry = entries.nextElement();
                JarEntry same = new JarEntry(entry.getName());
                same.setTime(entry.getTime());
                out.putNextEntry(same);
                try (InputStream in = jar.getInputStream(entry)) {
                    byte[] bytes = in.readAllBytes();
                    out.write(entry.getName().endsWith(".class") && version(bytes) < CHECKED ? newer(bytes, all) : bytes);
                }
                out.closeEntry();
            }
        }
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private static int version(byte[] bytes) {
        return (bytes[MAGIC_AND_MINOR] & 0xFF) << 8 | bytes[MAGIC_AND_MINOR + 1] & 0xFF;
    }

    private static byte[] newer(byte[] bytes, ClassLoader all) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES) {
            @Override
            protected ClassLoader getClassLoader() {
                return all;
            }
        };
        new ClassReader(bytes).accept(new Versioned(writer), ClassReader.SKIP_FRAMES);
        return writer.toByteArray();
    }

    private static final class Versioned extends ClassVisitor {

        Versioned(ClassWriter writer) {
            super(Opcodes.ASM9, writer);
        }

        @Override
        public void visit(int version, int access, String name, String signature, String superName, String[] interfaces) {
            super.visit(Opcodes.V1_8, access, name, signature, superName, interfaces);
        }
    }
}
