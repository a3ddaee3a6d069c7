package io.rekindle.simulator.database;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/**
 * The programs of a PostgreSQL server: those that come with us, unpacked once into the user's
 * cache, or those of the system.
 */
record PostgresFiles(Path programs) {
  private static final String VERSION = "postgresql-16.9";
  private static final String PACKED = "postgres-linux-x86_64.txz";

  static Optional<PostgresFiles> find(Path cache) throws IOException {
    try (InputStream packed = packed()) {
      return packed == null
          ? ofSystem()
          : Optional.of(
              new PostgresFiles(
                  Unpacked.once(cache.resolve(VERSION), half -> unpack(packed, half))
                      .resolve("bin")));
    }
  }

  private static @Nullable InputStream packed() {
    boolean fits =
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64");
    return fits ? PostgresFiles.class.getClassLoader().getResourceAsStream(PACKED) : null;
  }

  /** The tar of the system knows links and permissions; it may not know XZ. */
  private static void unpack(InputStream packed, Path folder) throws IOException {
    Process tar =
        new ProcessBuilder("tar", "-xf", "-", "-C", folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var in = tar.getOutputStream()) {
      new XZInputStream(packed).transferTo(in);
    }
    if (tar.onExit().join().exitValue() != 0) {
      throw new IOException("PostgreSQL could not be unpacked into " + folder + ".");
    }
  }

  private static Optional<PostgresFiles> ofSystem() throws IOException {
    try (Stream<Path> folders =
        Stream.concat(
            Arrays.stream(System.getenv("PATH").split(":")).map(Path::of),
            versions(Path.of("/usr/lib/postgresql")))) {
      return folders
          .filter(folder -> Files.isExecutable(folder.resolve("initdb")))
          .findFirst()
          .map(PostgresFiles::new);
    }
  }

  private static Stream<Path> versions(Path installed) throws IOException {
    return Files.isDirectory(installed)
        ? Files.list(installed).map(version -> version.resolve("bin"))
        : Stream.empty();
  }

  String program(String name) {
    return programs.resolve(name).toString();
  }
}
