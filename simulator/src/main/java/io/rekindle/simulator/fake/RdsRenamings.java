package io.rekindle.simulator.fake;

import io.rekindle.plan.step.Declared;
import io.rekindle.plan.step.data.Aurora;
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

/** An instance or cluster answers to its old name, and to that only, until it is renamed. */
final class RdsRenamings implements Fake {
  /** What can be renamed. */
  enum Sort {
    INSTANCE("DBInstance", "db", "DBInstanceNotFound", Rds.Rename.class),
    CLUSTER("DBCluster", "cluster", "DBClusterNotFoundFault", Aurora.Rename.class);

    private final String element;
    private final String name;
    private final String type;
    private final String missing;
    private final Class<? extends Declared> kind;

    Sort(String element, String type, String missing, Class<? extends Declared> kind) {
      this.element = element;
      this.name = element + "Identifier";
      this.type = type;
      this.missing = missing;
      this.kind = kind;
    }
  }

  private final Sort sort;
  private final Map<Thing, Renaming> byNewName = new ConcurrentHashMap<>();
  private final Tempo tempo;

  RdsRenamings(Sort sort, Tempo tempo) {
    this.sort = sort;
    this.tempo = tempo;
  }

  private record Renaming(String from, String to, Instant until) {}

  @Override
  public Reply answer(Request request, Cloud next) {
    if (!request.service().equals("rds")) {
      return next.answer(request);
    }
    if (request.field(sort.name).flatMap(name -> of(request, name)).isPresent()) {
      return new Refusal(404, sort.missing, sort.element + " not found.").to(request);
    }
    Reply reply = next.answer(byNewName(request));
    if (!reply.succeeded()) {
      return reply;
    }
    begin(request);
    Document answer = Xml.parse(reply.text());
    Xml.all(answer, sort.element).forEach(each -> showOldName(request, each));
    return reply.with(Xml.print(answer));
  }

  private void begin(Request request) {
    if (request.is("rds", "Modify" + sort.element)) {
      request
          .field("New" + sort.name)
          .ifPresent(
              name -> byNewName.put(Thing.of(request, sort.type, name), renaming(request, name)));
    }
  }

  private Renaming renaming(Request request, String to) {
    Instant until = tempo.end(request.operation(), sort.kind, "rename");
    return new Renaming(request.need(sort.name), to, until);
  }

  private Request byNewName(Request request) {
    return byNewName.entrySet().stream()
        .filter(each -> each.getKey().equals(Thing.of(request, sort.type, each.getValue().to())))
        .map(Map.Entry::getValue)
        .filter(each -> each.from().equals(request.need(sort.name)) && isGoingOn(each))
        .findFirst()
        .map(each -> request.withField(sort.name, each.to()))
        .orElse(request);
  }

  private void showOldName(Request request, Element instance) {
    of(request, Xml.text(instance, sort.name))
        .ifPresent(each -> Xml.set(instance, sort.name, each.from()));
  }

  private Optional<Renaming> of(Request request, String newName) {
    return Optional.ofNullable(byNewName.get(Thing.of(request, sort.type, newName)))
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
