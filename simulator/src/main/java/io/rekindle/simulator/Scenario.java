package io.rekindle.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rekindle.simulator.fault.Aim;
import io.rekindle.simulator.fault.Faults;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** What shall go wrong, written down as JSON. */
record Scenario(List<Trouble> faults) {
  static final Scenario NONE = new Scenario(List.of());

  private static final ObjectMapper JSON = new ObjectMapper();

  Scenario {
    if (faults == null) {
      throw new IllegalArgumentException("A scenario has a list of faults.");
    }
    faults = List.copyOf(faults);
  }

  /** What happens to a call; what is left out of a {@link Trouble} is any. */
  enum Effect {
    DARK,
    THROTTLE,
    UNAVAILABLE,
    EXPIRED,
    CUT,
    HANG,
    LOSE_ANSWER;

    static String all() {
      return String.join(", ", Arrays.stream(values()).map(Enum::name).toList());
    }
  }

  /**
   * @param times how many calls it hits; 0 for all
   * @param lasting such as PT20S; empty for ever
   */
  @SuppressWarnings("NullAway") // Jackson gives null for what is left out; here it becomes any.
  record Trouble(
      Effect effect,
      String region,
      String service,
      String operation,
      String step,
      int times,
      String lasting) {

    Trouble {
      if (effect == null) {
        throw new IllegalArgumentException("A fault has an effect: " + Effect.all() + ".");
      }
      region = region == null ? "" : region;
      service = service == null ? "" : service;
      operation = operation == null ? "" : operation;
      step = step == null ? "" : step;
      lasting = lasting == null ? "" : lasting;
    }

    private Aim aim() {
      Aim aim = Aim.at(service, operation).in(region).ofStep(step);
      Aim counted = times == 0 ? aim : aim.times(times);
      return lasting.isEmpty() ? counted : counted.lasting(Duration.parse(lasting));
    }
  }

  static Scenario read(String text) {
    try {
      Scenario scenario = JSON.readValue(text, Scenario.class);
      scenario.faults().forEach(Trouble::aim);
      return scenario;
    } catch (JsonProcessingException unreadable) {
      throw new IllegalArgumentException(
          "This is no scenario: " + unreadable.getOriginalMessage(), unreadable);
    } catch (DateTimeException unreadable) {
      throw new IllegalArgumentException(
          "This is no scenario: a time reads like PT20S.", unreadable);
    }
  }

  void begin(Faults all) {
    for (Trouble trouble : faults) {
      Aim aim = trouble.aim();
      var begun =
          switch (trouble.effect()) {
            case THROTTLE -> all.throttle(aim);
            case UNAVAILABLE -> all.unavailable(aim);
            case EXPIRED -> all.expireCredentials(aim);
            case CUT -> all.cut(aim);
            case DARK, HANG -> all.hang(aim);
            case LOSE_ANSWER -> all.loseAnswer(aim);
          };
    }
  }
}
