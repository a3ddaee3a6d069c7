package io.rekindle.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.rekindle.action.Observation.Settled;
import io.rekindle.plan.Step;
import io.rekindle.rehearse.RehearsalCloud.Entry;
import io.rekindle.run.Played.Said;
import io.rekindle.run.RandomStory.Attendance;
import io.rekindle.run.RandomStory.Deed;
import io.rekindle.run.RandomStory.Moment;
import io.rekindle.run.Watch.Look;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Faults that the engine once had, put back by hand into what is known of good stories: the judge
 * sees each, and none where nothing is wrong.
 */
class PlantedFaultsTest {
  private static final int MANY = 20;
  private static final Duration LONG_AGO = Duration.ofDays(20);
  private static StoryTeller teller;

  @BeforeAll
  static void open() {
    teller = new StoryTeller();
  }

  @AfterAll
  static void close() {
    teller.close();
  }

  @Test
  void aGateOpensForOnePersonWhereMoreWereAskedFor() {
    assertFound(
        PlantedFaultsTest::asksForMore,
        played ->
            withSaid(played, said -> !isBy(said, "bert") && !isBy(said, "dora"), said -> said),
        ".* was made before gate '.*' was opened");
  }

  @Test
  void aYesOutlivesTheQuestionThatItAnswered() {
    assertFound(
        PlantedFaultsTest::asksForMore,
        played -> withSaid(played, said -> true, said -> isBy(said, "anna") ? longAgo(said) : said),
        ".* was made before gate '.*' was opened");
  }

  @Test
  void aGateStaysOpenForLongerThanAnybodyAsked() {
    assertFound(
        PlantedFaultsTest::isExtended,
        played ->
            withSaid(played, said -> !(said.decision() instanceof Decision.Extend), said -> said),
        ".* is to expire from .*");
  }

  @Test
  void aChangeIsTakenBackWithCorrectedFields() {
    assertFound(
        story -> !story.ills().isEmpty() && story.attendance() == Attendance.TURNS_BACK,
        PlantedFaultsTest::undoneAsCorrected,
        ".* was undone with .*, and made with .*");
  }

  @Test
  void whatServesWasOnlySkipped() {
    assertFound(
        RandomStory::isAttended,
        played -> withoutSettled(played, step -> !step.fence()),
        "it is called RECOVERED, but .*nothing serves.*");
  }

  @Test
  void aFenceThatDoesNotHoldIsCalledFenced() {
    assertFound(
        story -> story.plan().plan().failover().stream().anyMatch(Step::fence),
        played -> withoutSettled(played, Step::fence),
        "it is fenced at .* without '.*'");
  }

  @Test
  void aParameterLosesItsZeros() {
    assertFound(
        PlantedFaultsTest::beginsWithZero,
        played -> withLog(played, withoutZeros(played.log()), played.undone()),
        ".* was made with .* instead of .*");
  }

  private static void assertFound(
      Predicate<RandomStory> which, UnaryOperator<Played> planted, String complaint) {
    assertThat(
            LongStream.iterate(1, seed -> seed + 1)
                .mapToObj(RandomStory::of)
                .filter(story -> story.diesAfter() == 0 && !story.plan().isWide())
                .filter(which)
                .limit(MANY)
                .map(PlantedFaultsTest::good)
                .flatMap(played -> Oracle.complaints(planted.apply(played)).stream())
                .anyMatch(said -> said.matches(complaint)))
        .isTrue();
  }

  private static Played good(RandomStory story) {
    Played played = told(story);
    assertThat(Oracle.complaints(played)).isEmpty();
    return played;
  }

  private static Played told(RandomStory story) {
    try {
      return teller.tell(story);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new AssertionError(stop);
    }
  }

  private static boolean asksForMore(RandomStory story) {
    JsonNode first = story.plan().tree().path("failover").path(0);
    return story.isAttended() && first.path("with").path("quorum").asInt() > 1;
  }

  private static boolean isExtended(RandomStory story) {
    return story.moments().stream()
        .map(Moment::deed)
        .anyMatch(deed ->
            deed instanceof Deed.Says says
                && says.decision() instanceof Decision.Extend extend
                && Longer.time(extend).isPositive());
  }

  private static boolean beginsWithZero(RandomStory story) {
    return story.plan().knobs().contains(Knob.CODE)
        && story.asked().set().getOrDefault(Knob.CODE.word(), "007").startsWith("0");
  }

  private static boolean isBy(Said said, String name) {
    return said.decision() instanceof Decision.Approve && name.equals(said.decision().by());
  }

  private static Said longAgo(Said said) {
    return new Said(
        said.before().minus(LONG_AGO),
        said.after().minus(LONG_AGO),
        said.decision(),
        said.ruling());
  }

  private static Played undoneAsCorrected(Played played) {
    List<Entry> undone =
        played.undone().stream()
            .map(entry -> {
              ObjectNode fields = entry.with().deepCopy();
              return with(entry, fields.put("corrected", "since"));
            })
            .toList();
    return withLog(played, played.log(), undone);
  }

  private static Entry with(Entry entry, JsonNode fields) {
    return new Entry(entry.at(), entry.kind(), entry.step(), entry.key(), entry.region(), fields);
  }

  private static List<Entry> withoutZeros(List<Entry> log) {
    return log.stream().map(entry -> with(entry, withoutZeros(entry.with()))).toList();
  }

  private static JsonNode withoutZeros(JsonNode node) {
    if (node instanceof ObjectNode group) {
      ObjectNode fields = group.objectNode();
      group
          .properties()
          .forEach(field -> fields.set(field.getKey(), withoutZeros(field.getValue())));
      return fields;
    }
    return node.isTextual() ? new TextNode(node.asText().replaceFirst("^0+(?=.)", "")) : node;
  }

  private static Played withoutSettled(Played played, Predicate<Step> which) {
    return with(
        played,
        played.log(),
        played.undone(),
        played.looks().stream()
            .filter(look -> !(look.seen() instanceof Settled && isOf(played, look, which)))
            .toList(),
        played.said());
  }

  private static boolean isOf(Played played, Look look, Predicate<Step> which) {
    return played.story().plan().step(look.step()).filter(which).isPresent();
  }

  private static Played withLog(Played played, List<Entry> log, List<Entry> undone) {
    return with(played, log, undone, played.looks(), played.said());
  }

  private static Played withSaid(Played played, Predicate<Said> which, UnaryOperator<Said> change) {
    List<Said> said = played.said().stream().filter(which).map(change).toList();
    return with(played, played.log(), played.undone(), played.looks(), said);
  }

  private static Played with(
      Played played, List<Entry> log, List<Entry> undone, List<Look> looks, List<Said> said) {
    return new Played(
        played.story(),
        log,
        undone,
        looks,
        said,
        played.state(),
        played.ending(),
        played.mishaps(),
        played.time());
  }
}
