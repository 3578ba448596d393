package dev.ablate.worker.spec;

/**
 * A file or folder that travels with a run.
 *
 * @param path where it is in the exchange's folder, names joined by {@code /}
 * @param sha256 of what it holds, as 64 lower-case hex digits
 */
public record InputFile(String path, String sha256) {

    /**
     * @throws IllegalArgumentException if the path is not inside the exchange's folder
     */
    public InputFile {
        for (String name : path.split("/", -1)) {
            if (name.isBlank() || name.equals(".") || name.equals("..") || name.contains("\\") || name.contains(":")) {
                throw new IllegalArgumentException("'" + path + "' is not a path inside the exchange's folder");
            }
        }
    }
}
