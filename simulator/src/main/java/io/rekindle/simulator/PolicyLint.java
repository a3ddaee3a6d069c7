package io.rekindle.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** What PyPI's parliament finds in policies of IAM: for tests. */
public final class PolicyLint {
  private static final String LINT =
      """
      import json, sys, warnings
      warnings.simplefilter("ignore")
      from parliament import analyze_policy_string
      for document in json.load(sys.stdin):
          for finding in analyze_policy_string(json.dumps(document)).findings:
              detail = finding.detail if isinstance(finding.detail, list) else [finding.detail]
              for each in detail:
                  print(finding.issue, each["action"] if isinstance(each, dict) else each)
      """;

  private PolicyLint() {}

  /**
   * A line for each finding: its name, and the action or what else it was found at.
   *
   * @param documents as JSON
   * @throws SimulatorUnavailable when parliament cannot be had
   */
  public static List<String> findings(List<String> documents) {
    try {
      Process process =
          new ProcessBuilder(Python.withParliament().toString(), "-c", LINT)
              .redirectErrorStream(true)
              .start();
      try (OutputStream in = process.getOutputStream()) {
        in.write(("[" + String.join(",", documents) + "]").getBytes(UTF_8));
      }
      List<String> said =
          new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
      if (process.waitFor() != 0) {
        throw new IllegalStateException("parliament failed: " + said);
      }
      return said;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Stopped while policies were linted.", stopped);
    }
  }
}
