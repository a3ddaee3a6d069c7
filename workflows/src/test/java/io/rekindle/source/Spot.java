package io.rekindle.source;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.YieldTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A method, a constructor or a field: where something is said. */
record Spot(SourceFile file, String type, String name, Tree tree) {
  boolean isMethod() {
    return tree instanceof MethodTree;
  }

  /** How it is found in its file. */
  String inWords() {
    String method = name.replace("<init>", type);
    return file.name().equals(type + ".java") || method.equals(type) ? method : type + "." + method;
  }

  /** What it returns; lambdas and classes in it answer for themselves. */
  List<ExpressionTree> answers() {
    return answers(tree);
  }

  static List<ExpressionTree> answers(Tree part) {
    List<ExpressionTree> answers = new ArrayList<>();
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitReturn(ReturnTree answer, @Nullable Void nothing) {
        if (answer.getExpression() != null) {
          answers.add(answer.getExpression());
        }
        return null;
      }

      @Override
      public @Nullable Void visitYield(YieldTree answer, @Nullable Void nothing) {
        answers.add(answer.getValue());
        return null;
      }

      @Override
      public @Nullable Void visitLambdaExpression(
          LambdaExpressionTree other, @Nullable Void nothing) {
        return null;
      }

      @Override
      public @Nullable Void visitClass(ClassTree other, @Nullable Void nothing) {
        return null;
      }
    }.scan(part, null);
    return answers;
  }

  /** What a variable of it, or a constant of the file, is given. */
  List<ExpressionTree> givenTo(String variable) {
    List<ExpressionTree> given = new ArrayList<>();
    boolean constant = variable.equals(variable.toUpperCase(Locale.ROOT));
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitVariable(VariableTree each, @Nullable Void nothing) {
        if (each.getName().contentEquals(variable) && each.getInitializer() != null) {
          given.add(each.getInitializer());
        }
        return super.visitVariable(each, nothing);
      }

      @Override
      public @Nullable Void visitCompoundAssignment(
          CompoundAssignmentTree each, @Nullable Void nothing) {
        if (each.getVariable().toString().equals(variable)) {
          given.add(each.getExpression());
        }
        return super.visitCompoundAssignment(each, nothing);
      }
    }.scan(constant ? file.tree() : tree, null);
    return given;
  }
}
