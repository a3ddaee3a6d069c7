package io.rekindle.action.aws;

import io.rekindle.action.ActionCall.Names;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The name of what a step creates, as long as AWS allows it to be. */
public final class FittedName {
  private static final int HASH = 6;

  private FittedName() {}

  /** What is cut off is replaced by a hash of the whole, so that names stay apart. */
  public static String of(Names names, String target, int longest) {
    String whole = names.of(target);
    if (whole.length() <= longest) {
      return whole;
    }
    int kept = target.length() - (whole.length() - longest) - HASH - 1;
    return names.of(target.substring(0, kept).replaceAll("-+$", "") + "-" + hash(target));
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, HASH);
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
