package io.rekindle.simulator.fake;

import io.rekindle.plan.step.Declared;
import io.rekindle.plan.step.data.AuroraSnapshots;
import io.rekindle.simulator.wire.Client;
import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Refusal;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import io.rekindle.simulator.wire.Xml;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Snapshots of Aurora clusters take their time, are found by their ARNs, and name their source. */
final class RdsClusterSnapshots implements Fake {
  private static final String TYPE = "cluster-snapshot";
  private static final String NAME = "DBClusterSnapshotIdentifier";
  private static final String RESTORED = "SnapshotIdentifier";
  private static final String SOURCE = "SourceDBClusterSnapshotIdentifier";
  private static final String TARGET = "TargetDBClusterSnapshotIdentifier";
  private final Transitions transitions = new Transitions();
  private final Map<Thing, String> sources = new ConcurrentHashMap<>();
  private final Tempo tempo;

  RdsClusterSnapshots(Tempo tempo) {
    this.tempo = tempo;
  }

  @Override
  public Reply answer(Request request, Cloud next) {
    if (!request.service().equals("rds")) {
      return next.answer(request);
    }
    Optional<Refusal> refusal = refusal(request, next);
    if (refusal.isPresent()) {
      return refusal.get().to(request);
    }
    Reply reply = next.answer(byName(request));
    if (!reply.succeeded()) {
      return reply;
    }
    begin(request);
    Document answer = Xml.parse(reply.text());
    Xml.all(answer, "DBClusterSnapshot").forEach(each -> show(request, each));
    return reply.with(Xml.print(answer));
  }

  private Optional<Refusal> refusal(Request request, Cloud next) {
    return switch (request.operation()) {
      case "DescribeDBClusterSnapshots" -> abroad(request, NAME);
      case "RestoreDBClusterFromSnapshot" ->
          abroad(request, RESTORED).or(() -> notReady(request, RESTORED));
      case "CopyDBClusterSnapshot" -> keyless(request, next).or(() -> notReady(request, SOURCE));
      default -> Optional.empty();
    };
  }

  /** A Region knows its own snapshots only. */
  private static Optional<Refusal> abroad(Request request, String field) {
    return request
        .field(field)
        .filter(name -> name.startsWith("arn:"))
        .map(name -> Thing.of(request, TYPE, name))
        .filter(thing -> !thing.equals(Thing.of(request, TYPE, thing.id())))
        .map(thing ->
            new Refusal(
                404, "DBClusterSnapshotNotFoundFault", "DBClusterSnapshot not found: " + thing));
  }

  /** Copies in another Region are under a key of that Region; the emulator takes the source's. */
  private static Optional<Refusal> keyless(Request request, Cloud next) {
    Thing source = Thing.of(request, TYPE, request.need(SOURCE));
    boolean locked =
        snapshot(request, SOURCE, next)
            .map(it -> Xml.text(it, "StorageEncrypted").equals("true"))
            .orElse(false);
    String key = request.need("KmsKeyId");
    boolean foreign = key.startsWith("arn:") && !key.split(":", 5)[3].equals(request.region());
    boolean moves = !source.region().equals(request.region());
    if (foreign) {
      return Optional.of(
          new Refusal(400, "KMSKeyNotAccessibleFault", "The key is not in this Region: " + key));
    }
    return locked && moves && key.isEmpty()
        ? Optional.of(
            new Refusal(
                400,
                "InvalidParameterValue",
                "You must provide a KmsKeyId to copy an encrypted snapshot from another Region."))
        : Optional.empty();
  }

  private Optional<Refusal> notReady(Request request, String field) {
    return transitions
        .word(Thing.of(request, TYPE, request.need(field)), tempo.now())
        .map(status ->
            new Refusal(
                400,
                "InvalidDBClusterSnapshotStateFault",
                "The snapshot is in state " + status + ", not available."));
  }

  private static Optional<Element> snapshot(Request request, String field, Cloud next) {
    Thing thing = Thing.of(request, TYPE, request.need(field));
    Reply reply =
        Client.as(request, next)
            .in(thing.region())
            .form("rds", "2014-10-31", "DescribeDBClusterSnapshots", Map.of(NAME, thing.id()));
    return reply.succeeded()
        ? Xml.all(Xml.parse(reply.text()), "DBClusterSnapshot").stream().findFirst()
        : Optional.empty();
  }

  private static Request byName(Request request) {
    return switch (request.operation()) {
      case "DescribeDBClusterSnapshots" -> byName(request, NAME);
      case "RestoreDBClusterFromSnapshot" -> byName(request, RESTORED);
      default -> request;
    };
  }

  private static Request byName(Request request, String field) {
    return request
        .field(field)
        .filter(name -> name.startsWith("arn:"))
        .map(name -> request.withField(field, Thing.of(request, TYPE, name).id()))
        .orElse(request);
  }

  private void begin(Request request) {
    switch (request.operation()) {
      case "CreateDBClusterSnapshot" ->
          begin(request, NAME, AuroraSnapshots.Snapshot.class, "snapshot");
      case "CopyDBClusterSnapshot" -> {
        begin(request, TARGET, AuroraSnapshots.CopySnapshot.class, "copy");
        sources.put(Thing.of(request, TYPE, request.need(TARGET)), request.need(SOURCE));
      }
      case "DeleteDBClusterSnapshot" -> {
        transitions.drop(Thing.of(request, TYPE, request.need(NAME)));
        sources.remove(Thing.of(request, TYPE, request.need(NAME)));
      }
      default -> {}
    }
  }

  private void begin(Request request, String field, Class<? extends Declared> kind, String change) {
    transitions.begin(
        Thing.of(request, TYPE, request.need(field)),
        "creating",
        tempo.end(request.operation(), kind, change),
        tempo.end(request.operation()));
  }

  private void show(Request request, Element snapshot) {
    Thing thing = Thing.of(request, TYPE, Xml.text(snapshot, NAME));
    String source = sources.get(thing);
    if (source != null && source.startsWith("arn:")) {
      Xml.set(snapshot, "SourceDBClusterSnapshotArn", source);
    }
    transitions
        .word(thing, tempo.now())
        .ifPresent(word -> {
          Xml.set(snapshot, "Status", word);
          Xml.set(snapshot, "PercentProgress", "50");
        });
  }

  @Override
  public void forget() {
    transitions.forget();
    sources.clear();
  }
}
