package io.rekindle.simulator.fake;

import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import java.util.List;

/** A stand-in: answers, alters what is answered behind it, or leaves a request alone. */
public interface Fake {
  Reply answer(Request request, Cloud next);

  /** Forgets what it knows. */
  default void forget() {}

  /** A cloud with these before it, the first of them in front. */
  static Cloud inFrontOf(Cloud cloud, List<Fake> fakes) {
    Cloud front = cloud;
    for (Fake fake : fakes.reversed()) {
      Cloud behind = front;
      front = request -> fake.answer(request, behind);
    }
    return front;
  }
}
