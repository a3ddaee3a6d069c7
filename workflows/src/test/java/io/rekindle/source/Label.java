package io.rekindle.source;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import java.util.Locale;
import java.util.Set;

/** A short name for what an expression fills in. */
final class Label {
  private static final Set<String> SILENT =
      Set.of("stream", "toList", "toString", "get", "orElseThrow", "value", "strip", "words");

  private Label() {}

  static String of(Tree tree) {
    return switch (tree) {
      case IdentifierTree name -> name.getName().toString();
      case MemberSelectTree member -> of(member.getExpression(), member.getIdentifier().toString());
      case MemberReferenceTree reference -> reference.getName().toString();
      case MethodInvocationTree call -> ofCall(Call.of(call));
      default -> "…";
    };
  }

  private static String ofCall(Call call) {
    if (call.of().isEmpty()) {
      return call.name();
    }
    if (isType(call.receiver()) && !call.with().isEmpty()) {
      return of(call.with().getLast());
    }
    if (Set.of("get", "getOrDefault").contains(call.name()) && !call.with().isEmpty()) {
      return of(call.with().getFirst()).toLowerCase(Locale.ROOT);
    }
    return call.with().isEmpty() && !SILENT.contains(call.name())
        ? of(call.receiver(), call.name())
        : of(call.receiver());
  }

  /** The last two words of a chain. */
  private static String of(ExpressionTree receiver, String name) {
    String before = of(receiver).replaceFirst(".*\\.", "");
    return before.equals("this") || before.equals("…") ? name : before + "." + name;
  }

  private static boolean isType(ExpressionTree tree) {
    return tree instanceof IdentifierTree name && Character.isUpperCase(name.getName().charAt(0));
  }
}
