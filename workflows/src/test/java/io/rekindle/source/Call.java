package io.rekindle.source;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import java.util.List;
import java.util.Optional;

/**
 * A call of a method, taken apart.
 *
 * @param of what it is called of, where that is written
 */
record Call(Optional<ExpressionTree> of, String name, List<ExpressionTree> with) {
  static Call of(MethodInvocationTree call) {
    ExpressionTree method = call.getMethodSelect();
    return new Call(
        method instanceof MemberSelectTree member
            ? Optional.of(member.getExpression())
            : Optional.empty(),
        lastWord(method),
        List.copyOf(call.getArguments()));
  }

  /** The name where it is called of something, as {@code map} and {@code orElse} are. */
  String nameOfMember() {
    return of.isPresent() ? name : "";
  }

  /** What a member is called of. */
  ExpressionTree receiver() {
    return of.orElseThrow();
  }

  /** The last word of a name, or of a chain of calls; empty for anything else. */
  static String lastWord(ExpressionTree tree) {
    return switch (tree) {
      case IdentifierTree alone -> alone.getName().toString();
      case MemberSelectTree member -> member.getIdentifier().toString();
      case MethodInvocationTree call -> lastWord(call.getMethodSelect());
      default -> "";
    };
  }
}
