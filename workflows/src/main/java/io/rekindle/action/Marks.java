package io.rekindle.action;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which things there were, as little as is needed to know each again.
 *
 * @param all eight characters for each thing, one after the other
 */
public record Marks(String all) {
  /** Among a hundred thousand things one in three billion is taken for another. */
  private static final int BYTES = 6;

  private static final int LENGTH = 8;

  public static Marks of(Stream<String> names) {
    return new Marks(names.map(Marks::mark).distinct().sorted().collect(Collectors.joining()));
  }

  public boolean has(String name) {
    String mark = mark(name);
    return IntStream.iterate(0, at -> at < all.length(), at -> at + LENGTH)
        .anyMatch(at -> all.startsWith(mark, at));
  }

  private static String mark(String name) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(digest, BYTES));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java knows SHA-256.", impossible);
    }
  }
}
