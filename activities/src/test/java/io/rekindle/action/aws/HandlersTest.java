package io.rekindle.action.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.BeanContext;
import io.rekindle.action.aws.dns.NameServers;
import io.rekindle.action.aws.net.Trust;
import io.rekindle.plan.Kind;
import io.rekindle.plan.Kinds;
import io.rekindle.plan.step.proof.Notify;
import io.rekindle.plan.step.proof.Probe;
import io.rekindle.plan.step.proof.Verify;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HandlersTest {
  @Test
  void whoeverVerifiesProbesOrNotifiesIsFoundAndGetsWhatItNeeds() {
    List<Class<?>> handled = new ArrayList<>();
    try (BeanContext beans = BeanContext.run()) {
      beans.registerSingleton(Pace.OF_AWS);
      beans.registerSingleton(NameServers.OF_THE_INTERNET);
      beans.registerSingleton(Trust.OF_JAVA);
      for (ActionHandler<?> handler : beans.getBeansOfType(ActionHandler.class)) {
        handled.add(handler.declaration());
      }
      assertThat(beans.getBean(ActionDispatcher.class)).isNotNull();
    }
    assertThat(handled)
        .contains(
            Kinds.all().stream()
                .map(Kind::type)
                .filter(HandlersTest::verifiesProbesOrNotifies)
                .toArray(Class<?>[]::new));
  }

  private static boolean verifiesProbesOrNotifies(Class<?> kind) {
    return Stream.of(Verify.class, Probe.class, Notify.class)
        .anyMatch(kinds -> kinds.isAssignableFrom(kind));
  }
}
