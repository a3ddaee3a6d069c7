package io.rekindle.plan.step;

import java.util.List;
import java.util.regex.Pattern;

/**
 * One IAM action that a kind needs on certain resources.
 *
 * @param need what it is needed for
 * @param change the change it is needed for; empty for looks and undo
 * @param resources ARNs; {@code *} only where AWS offers nothing narrower
 */
public record Permission(Need need, String change, String action, List<String> resources) {
  private static final Pattern ACTION = Pattern.compile("[a-z0-9-]+:[A-Za-z0-9]+");

  /** What a permission is needed for. */
  public enum Need {
    LOOK,
    CHANGE,
    UNDO,
    /** AWS checks it on our behalf; no call of ours has this name. */
    IMPLIED
  }

  public Permission {
    if (!ACTION.matcher(action).matches()) {
      throw new IllegalArgumentException("'" + action + "' is not an IAM action.");
    }
    resources = List.copyOf(resources);
    if (resources.isEmpty()) {
      throw new IllegalArgumentException(action + " names no resource.");
    }
  }

  public static Permission look(String action, String... resources) {
    return new Permission(Need.LOOK, "", action, List.of(resources));
  }

  public static Permission change(Action.Change change, String action, String... resources) {
    return new Permission(Need.CHANGE, change.word(), action, List.of(resources));
  }

  public static Permission undo(String action, String... resources) {
    return new Permission(Need.UNDO, "", action, List.of(resources));
  }

  /** For undo. */
  public static Permission implied(String action, String... resources) {
    return new Permission(Need.IMPLIED, "", action, List.of(resources));
  }

  public static Permission implied(Action.Change change, String action, String... resources) {
    return new Permission(Need.IMPLIED, change.word(), action, List.of(resources));
  }
}
