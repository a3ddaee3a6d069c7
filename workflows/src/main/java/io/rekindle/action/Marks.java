package io.rekindle.action;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which things there were, as little as is needed to know each again.
 *
 * @param all eight characters for each thing, one after the other, in their order
 */
public record Marks(String all) {
  /** Among a hundred thousand things one in three billion is taken for another. */
  private static final int BYTES = 6;

  private static final int LENGTH = 8;

  public static Marks of(Stream<String> names) {
    return new Marks(names.map(Marks::mark).distinct().sorted().collect(Collectors.joining()));
  }

  /** They stand in order. */
  public boolean has(String name) {
    String mark = mark(name);
    int low = 0;
    int high = all.length() / LENGTH;
    while (low < high) {
      int middle = (low + high) / 2;
      int order = mark.compareTo(all.substring(middle * LENGTH, (middle + 1) * LENGTH));
      if (order == 0) {
        return true;
      }
      low = order < 0 ? low : middle + 1;
      high = order < 0 ? middle : high;
    }
    return false;
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
