package io.rekindle.source;

/**
 * A sentence, and who says it.
 *
 * @param by a method, or whatever else has a name
 */
record Said(String area, String file, String by, String sentence) {
  static Said by(Spot spot, String sentence) {
    SourceFile file = spot.file();
    return new Said(
        file.module() + ": " + file.packageName(), file.name(), spot.inWords(), sentence.strip());
  }

  /** Whether it is more than names and signs. */
  boolean isSentence() {
    return Wording.plain(sentence).matches(".*\\p{L}{3}.* .*|.* .*\\p{L}{3}.*");
  }
}
