package io.rekindle.source;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import io.rekindle.Repository;
import io.rekindle.source.Sizes.Sized;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** One Java file, parsed and no more: what a name in it refers to is not known. */
record SourceFile(Path path, CompilationUnitTree tree, SourcePositions positions) {

  static List<SourceFile> parse(List<Path> paths) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  null,
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjectsFromPaths(paths));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      return StreamSupport.stream(task.parse().spliterator(), false)
          .map(tree -> new SourceFile(Path.of(tree.getSourceFile().toUri()), tree, positions))
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  String name() {
    return path.getFileName().toString();
  }

  /** The top folder it lies in. */
  String module() {
    return Repository.ROOT.relativize(path).getName(0).toString();
  }

  boolean isIn(String module) {
    return module().equals(module);
  }

  String packageName() {
    return String.valueOf(tree.getPackageName());
  }

  int lines() {
    return Math.toIntExact(Repository.read(path).lines().count());
  }

  /** What it imports from other packages. */
  List<String> importsFromElsewhere() {
    return tree.getImports().stream()
        .map(line -> line.getQualifiedIdentifier().toString())
        .filter(name -> !isAtHome(name))
        .toList();
  }

  private boolean isAtHome(String imported) {
    String home = packageName() + ".";
    return imported.startsWith(home) && Character.isUpperCase(imported.charAt(home.length()));
  }

  List<TopLevelType> types() {
    return tree.getTypeDecls().stream()
        .filter(ClassTree.class::isInstance)
        .map(ClassTree.class::cast)
        .map(type ->
            new TopLevelType(
                packageName(),
                type.getSimpleName().toString(),
                type.getModifiers().getFlags().contains(Modifier.PUBLIC)))
        .toList();
  }

  List<Sized> methods() {
    return spots().stream()
        .filter(Spot::isMethod)
        .map(method -> new Sized(method.type() + "." + method.name(), lines(method.tree())))
        .toList();
  }

  /** All methods and constructors that have a body, and all fields that are given something. */
  List<Spot> spots() {
    List<Spot> spots = new ArrayList<>();
    new TreeScanner<@Nullable Void, String>() {
      @Override
      public @Nullable Void visitClass(ClassTree type, String around) {
        String name = type.getSimpleName().isEmpty() ? around : type.getSimpleName().toString();
        for (Tree member : type.getMembers()) {
          if (member instanceof MethodTree method && method.getBody() != null) {
            spots.add(new Spot(SourceFile.this, name, method.getName().toString(), method));
          } else if (member instanceof VariableTree field && field.getInitializer() != null) {
            spots.add(new Spot(SourceFile.this, name, field.getName().toString(), field));
          }
        }
        return super.visitClass(type, name);
      }
    }.scan(tree, "");
    return spots;
  }

  /** From the first modifier or annotation to the last line. */
  private int lines(Tree part) {
    long from = tree.getLineMap().getLineNumber(positions.getStartPosition(tree, part));
    long to = tree.getLineMap().getLineNumber(positions.getEndPosition(tree, part));
    return Math.toIntExact(to - from + 1);
  }
}
