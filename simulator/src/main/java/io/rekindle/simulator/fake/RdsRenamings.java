package io.rekindle.simulator.fake;

import io.rekindle.plan.step.data.Rds;
import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Refusal;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import io.rekindle.simulator.wire.Xml;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** An instance answers to its old name, and to that only, until it is renamed. */
final class RdsRenamings implements Fake {
  private static final String NAME = "DBInstanceIdentifier";
  private final Map<Thing, Renaming> byNewName = new ConcurrentHashMap<>();
  private final Tempo tempo;

  RdsRenamings(Tempo tempo) {
    this.tempo = tempo;
  }

  private record Renaming(String from, String to, Instant until) {}

  @Override
  public Reply answer(Request request, Cloud next) {
    if (!request.service().equals("rds")) {
      return next.answer(request);
    }
    if (request.field(NAME).flatMap(name -> of(request, name)).isPresent()) {
      return new Refusal(404, "DBInstanceNotFound", "DBInstance not found.").to(request);
    }
    Reply reply = next.answer(byNewName(request));
    if (!reply.succeeded()) {
      return reply;
    }
    begin(request);
    Document answer = Xml.parse(reply.text());
    Xml.all(answer, "DBInstance").forEach(each -> showOldName(request, each));
    return reply.with(Xml.print(answer));
  }

  private void begin(Request request) {
    if (request.is("rds", "ModifyDBInstance")) {
      request
          .field("NewDBInstanceIdentifier")
          .ifPresent(name -> byNewName.put(Thing.of(request, "db", name), renaming(request, name)));
    }
  }

  private Renaming renaming(Request request, String to) {
    Instant until = tempo.end(request.operation(), Rds.Rename.class, "rename");
    return new Renaming(request.need(NAME), to, until);
  }

  private Request byNewName(Request request) {
    return byNewName.entrySet().stream()
        .filter(each -> each.getKey().equals(Thing.of(request, "db", each.getValue().to())))
        .map(Map.Entry::getValue)
        .filter(each -> each.from().equals(request.need(NAME)) && isGoingOn(each))
        .findFirst()
        .map(each -> request.withField(NAME, each.to()))
        .orElse(request);
  }

  private void showOldName(Request request, Element instance) {
    of(request, Xml.text(instance, NAME)).ifPresent(each -> Xml.set(instance, NAME, each.from()));
  }

  private Optional<Renaming> of(Request request, String newName) {
    return Optional.ofNullable(byNewName.get(Thing.of(request, "db", newName)))
        .filter(this::isGoingOn);
  }

  private boolean isGoingOn(Renaming renaming) {
    return tempo.now().isBefore(renaming.until());
  }

  @Override
  public void forget() {
    byNewName.clear();
  }
}
