package io.rekindle.run;

/** What a decision leads to, before it is written down. */
record Judgement(boolean obeyed, String sentence) {
  static Judgement obeyed(String sentence) {
    return new Judgement(true, sentence);
  }

  static Judgement refused(String because) {
    return new Judgement(false, because);
  }
}
