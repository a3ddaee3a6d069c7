package io.rekindle.source;

/** A class, record, enum, interface or annotation that stands in no other one. */
record TopLevelType(String packageName, String name, boolean isPublic) {
  String qualifiedName() {
    return packageName + "." + name;
  }

  /** Whether an import names it, or something in it. */
  boolean isMeantBy(String imported) {
    return imported.equals(qualifiedName()) || imported.startsWith(qualifiedName() + ".");
  }
}
