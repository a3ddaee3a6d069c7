package io.rekindle.starter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Each commit draws its own sample of the long tests, always the same one; {@code -Psweep-all} runs
 * every one of them.
 */
public final class Sample implements ExecutionCondition {
  private static final int ONE_OF = Integer.getInteger("one.of", 1);
  private static final String INVOCATION = "[test-template-invocation:";
  private static final String TEMPLATE = "[test-template:";
  private static final ConditionEvaluationResult DRAWN =
      ConditionEvaluationResult.enabled("it is no long test, or the commit draws it");

  /** Empty where there is no repository: then one sample stands for all. */
  private static final String COMMIT = commit();

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return !isLongTest(context) || draws(context.getUniqueId(), ONE_OF)
        ? DRAWN
        : ConditionEvaluationResult.disabled(
            "this commit draws one of %d long tests, and not this one".formatted(ONE_OF));
  }

  /** What is done several times is drawn each time. */
  private static boolean isLongTest(ExtensionContext context) {
    String id = context.getUniqueId();
    return context.getTestMethod().isPresent()
        && context.getTags().contains("sweep")
        && (!id.contains(TEMPLATE) || id.contains(INVOCATION));
  }

  /** Whether this is in the sample that has one of so many. */
  public static boolean draws(String what, int oneOf) {
    byte[] lot = digest(COMMIT + what);
    return Byte.toUnsignedInt(lot[0]) % oneOf == 0;
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java knows SHA-256.", impossible);
    }
  }

  private static String commit() {
    try {
      Process git = new ProcessBuilder("git", "rev-parse", "HEAD").start();
      return new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException noGit) {
      throw new UncheckedIOException(noGit);
    }
  }
}
