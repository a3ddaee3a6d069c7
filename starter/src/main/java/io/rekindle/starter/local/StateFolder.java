package io.rekindle.starter.local;

import io.rekindle.starter.BadInput;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a stack: the server's file, logs, and which processes belong to it, so that whoever
 * comes next can end those that a killed stack left behind.
 */
final class StateFolder implements AutoCloseable {
  private static final String LOCK = "lock";

  private final Path folder;
  private final RandomAccessFile lock;

  private StateFolder(Path folder, RandomAccessFile lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /** Where this user's stack is kept, unless another folder is named. */
  static Path usual() {
    return UserFolder.STATE.path().resolve("rekindle");
  }

  /** Throws {@link BadInput} when another stack uses it. */
  static StateFolder open(Path folder) {
    return ifFree(folder)
        .orElseThrow(() ->
            new BadInput(
                "Another stack uses "
                    + folder
                    + ". Stop it (Ctrl-C where it runs), or set --dir."));
  }

  /** Ends what a killed stack left in it; empty when another stack uses it. */
  static Optional<StateFolder> ifFree(Path folder) {
    try {
      Files.createDirectories(folder);
      RandomAccessFile file = new RandomAccessFile(folder.resolve(LOCK).toFile(), "rw");
      if (!isOurs(file)) {
        file.close();
        return Optional.empty();
      }
      StateFolder opened = new StateFolder(folder, file);
      opened.endLeftovers();
      return Optional.of(opened);
    } catch (IOException failed) {
      throw new BadInput("The folder " + folder + " cannot be used: " + failed.getMessage());
    }
  }

  /** Until the file is closed, or its process dies. */
  private static boolean isOurs(RandomAccessFile file) throws IOException {
    try {
      @Nullable FileLock lock = file.getChannel().tryLock();
      return lock != null;
    } catch (OverlappingFileLockException ours) {
      return false;
    }
  }

  Path path() {
    return folder;
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /** A file that nobody has written to. */
  Path log(String name) {
    try {
      Path logs = Files.createDirectories(folder.resolve("logs"));
      return Stream.iterate(1, number -> number + 1)
          .map(number -> logs.resolve(name + "-" + number + ".log"))
          .filter(Files::notExists)
          .findFirst()
          .orElseThrow();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  void remember(ProcessHandle process) {
    try {
      Files.writeString(
          processes(),
          process.pid() + " " + started(process) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private Path processes() {
    return folder.resolve("processes");
  }

  private static long started(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  private void endLeftovers() throws IOException {
    if (Files.exists(processes())) {
      List<ProcessHandle> left =
          Files.readAllLines(processes()).stream().flatMap(StateFolder::left).toList();
      left.stream()
          .flatMap(process -> Stream.concat(process.descendants(), Stream.of(process)))
          .forEach(ProcessHandle::destroyForcibly);
      CompletableFuture.allOf(
              left.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new))
          .join();
      Files.delete(processes());
    }
  }

  /** The process of a line, if it still is the one that was meant: numbers are used again. */
  private static Stream<ProcessHandle> left(String line) {
    String[] words = line.split(" ", 2);
    return words.length == 2 && words[0].matches("\\d{1,18}")
        ? ProcessHandle.of(Long.parseLong(words[0])).stream()
            .filter(process -> String.valueOf(started(process)).equals(words[1]))
        : Stream.empty();
  }

  /** Forgets all that was kept here, but not the lock. */
  void clear() {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        if (!each.equals(folder) && !each.endsWith(LOCK)) {
          Files.delete(each);
        }
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(processes());
      lock.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
