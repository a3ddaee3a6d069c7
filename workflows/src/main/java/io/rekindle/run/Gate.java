package io.rekindle.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rekindle.run.RunState.Outlook;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An open or answered question.
 *
 * @param round how often something else was asked by now
 * @param agreed to what is shown
 * @param acceptsUnfenced whether somebody who agreed accepts that fences may not hold
 * @param accepted the checks of which those who agreed accept that they fail
 * @param shown names what is shown, which a yes is for
 * @param since when that is shown
 * @param difference what is worse or other than what was shown before
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Gate(
    String id,
    String question,
    int round,
    Instant opened,
    Instant expires,
    int quorum,
    List<String> agreed,
    boolean acceptsUnfenced,
    List<String> accepted,
    String shown,
    Instant since,
    @Nullable String difference,
    Outlook outlook,
    boolean open) {
  public Gate {
    agreed = agreed == null ? List.of() : List.copyOf(agreed);
    accepted = accepted == null ? List.of() : List.copyOf(accepted);
  }

  /** Something else is shown while it is open. */
  Gate showing(Instant at, String nowShown, String other) {
    return new Gate(
        id, question, round + 1, opened, expires, quorum, List.of(), false, List.of(), nowShown, at,
        other, outlook, true);
  }

  Gate agreedBy(String who, boolean acceptUnfenced, Collection<String> accept) {
    List<String> people = new ArrayList<>(agreed);
    people.add(who);
    return with(
        expires,
        people,
        acceptsUnfenced || acceptUnfenced,
        Stream.concat(accepted.stream(), accept.stream()).distinct().sorted().toList(),
        people.size() < quorum);
  }

  /** Who agreed, agreed to what was known then. */
  Gate forgettingWhoAgreed() {
    return with(expires, List.of(), false, List.of(), open);
  }

  Gate expiring(Instant then) {
    return with(then, agreed, acceptsUnfenced, accepted, open);
  }

  /** With shorter words, where there are many such questions. */
  Gate ofAtMost(int bytes) {
    return new Gate(
        id,
        Limit.SENTENCE.cut(question, bytes / 3),
        round,
        opened,
        expires,
        quorum,
        agreed,
        acceptsUnfenced,
        Limit.first(accepted, ", ", bytes / 3),
        shown,
        since,
        difference == null ? null : Limit.SENTENCE.cut(difference, bytes / 3),
        outlook.ofAtMost(bytes / 3),
        open);
  }

  Gate rejected() {
    return with(expires, List.of(), false, List.of(), false);
  }

  /** Nobody waits for an answer any more. */
  Gate closed() {
    return with(expires, agreed, acceptsUnfenced, accepted, false);
  }

  private Gate with(
      Instant end, List<String> people, boolean unfenced, List<String> accepts, boolean stillOpen) {
    return new Gate(
        id,
        question,
        round,
        opened,
        end,
        quorum,
        people,
        unfenced,
        accepts,
        shown,
        since,
        difference,
        outlook,
        stillOpen);
  }

  boolean isExpired(Instant at) {
    return !at.isBefore(expires);
  }

  boolean isApproved() {
    return !open && agreed.size() >= quorum;
  }
}
