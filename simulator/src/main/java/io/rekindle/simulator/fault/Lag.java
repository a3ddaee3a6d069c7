package io.rekindle.simulator.fault;

import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Looks that for a while show what was so before a change: AWS is consistent only in the end. Only
 * a question that was asked before can be answered so.
 */
final class Lag {
  private final Map<Question, Reply> shown = new ConcurrentHashMap<>();
  private final Map<Place, Instant> changed = new ConcurrentHashMap<>();
  private volatile Duration time = Duration.ZERO;

  private record Place(String account, String region, String service) {
    static Place of(Request request) {
      return new Place(request.caller().account(), request.region(), request.service());
    }
  }

  private record Question(Place place, String content) {
    static Question of(Place place, Request request) {
      return new Question(
          place,
          String.join(" ", request.method(), request.path(), request.query(), request.text()));
    }
  }

  /** From now on each look that comes so long after a change does not show it. */
  void last(Duration next) {
    shown.clear();
    changed.clear();
    time = next;
  }

  Reply answer(Request request, Cloud cloud) {
    if (time.isZero()) {
      return cloud.answer(request);
    }
    Place place = Place.of(request);
    if (Request.isChange(request.operation())) {
      Reply reply = cloud.answer(request);
      changed.put(place, Instant.now());
      return reply;
    }
    Question question = Question.of(place, request);
    Reply former = shown.get(question);
    if (former != null && isFresh(changed.get(place))) {
      return former;
    }
    Reply reply = cloud.answer(request);
    shown.put(question, reply);
    return reply;
  }

  private boolean isFresh(@Nullable Instant change) {
    return change != null && Instant.now().isBefore(change.plus(time));
  }
}
