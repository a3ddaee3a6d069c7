package io.rekindle.starter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/**
 * Where commands print. Colour and width only where a person looks: the launcher says so in
 * REKINDLE_TERMINAL.
 */
public final class Console {
  private static final int DEFAULT_WIDTH = 100;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** How a piece of text looks on a terminal. */
  public enum Style {
    BOLD("1"),
    DIM("2"),
    RED("31"),
    GREEN("32"),
    YELLOW("33");

    private final String code;

    Style(String code) {
      this.code = code;
    }
  }

  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;
  private final boolean terminal;
  private final boolean colour;
  private final int width;

  public Console(
      InputStream in, PrintStream out, PrintStream err, Map<String, String> environment) {
    this.in = in;
    this.out = out;
    this.err = err;
    String columns = environment.getOrDefault("REKINDLE_TERMINAL", "");
    this.terminal = !columns.isEmpty();
    this.colour = terminal && environment.getOrDefault("NO_COLOR", "").isEmpty();
    this.width =
        columns.matches("[1-9]\\d{1,3}")
            ? Math.clamp(Integer.parseInt(columns), 40, 160)
            : DEFAULT_WIDTH;
  }

  /** Whether a person is looking. */
  public boolean isTerminal() {
    return terminal;
  }

  public int width() {
    return width;
  }

  public void line(String text) {
    out.println(text);
  }

  public void line() {
    out.println();
  }

  /** A line that is seen at once. */
  public void now(String text) {
    out.println(text);
    out.flush();
  }

  /** Draws lines over the ones drawn before; only for terminals. */
  public void replace(int before, List<String> lines) {
    if (before > 0) {
      out.print("\u001b[" + before + "A\u001b[J");
    }
    lines.forEach(out::println);
    out.flush();
  }

  /** What a person answers to a question; nothing when there is nobody. */
  public String ask(String question) {
    out.print(question);
    out.flush();
    StringBuilder answer = new StringBuilder();
    try {
      int read = in.read();
      while (read >= 0 && read != '\n') {
        answer.append((char) read);
        read = in.read();
      }
    } catch (IOException nobody) {
      return "";
    }
    return answer.toString().strip();
  }

  public void complain(String text) {
    err.println(text);
  }

  public void json(Object value) {
    try {
      out.println(JSON.writeValueAsString(value));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  public String styled(Style style, String text) {
    return colour ? "\u001b[" + style.code + "m" + text + "\u001b[0m" : text;
  }

  /** A word or two, and the plural where the number asks for it. */
  public static String count(long number, String noun) {
    return "%,d %s%s".formatted(number, noun, number == 1 ? "" : "s");
  }
}
