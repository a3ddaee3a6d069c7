package io.rekindle.simulator.fake;

import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import io.rekindle.simulator.wire.Xml;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * The snapshots of AWS Backup: their names are none that people could give, and they are listed
 * only by who asks for their type or name. The emulator gets them under names that it takes.
 */
final class RdsBackupSnapshots implements Fake {
  static final String PREFIX = "awsbackup:";
  private static final String TAKEN = "awsbackup-";
  private static final String TYPE = "SnapshotType";
  private static final List<String> NAMES =
      List.of(
          "DBSnapshotIdentifier",
          "DBClusterSnapshotIdentifier",
          "SnapshotIdentifier",
          "SourceDBSnapshotIdentifier",
          "SourceDBClusterSnapshotIdentifier",
          "TargetDBSnapshotIdentifier",
          "TargetDBClusterSnapshotIdentifier");

  @Override
  public Reply answer(Request request, Cloud next) {
    if (!request.service().equals("rds")) {
      return next.answer(request);
    }
    Reply reply = next.answer(taken(request));
    return reply.succeeded() && request.operation().contains("Snapshot")
        ? shown(request, reply.with(reply.text().replace(TAKEN, PREFIX)))
        : reply;
  }

  private static Request taken(Request request) {
    Request taken = request;
    for (String name : NAMES) {
      Optional<String> value = request.field(name).filter(text -> text.contains(PREFIX));
      if (value.isPresent()) {
        taken = taken.withField(name, value.get().replace(PREFIX, TAKEN));
      }
    }
    return asksForThem(request) ? taken.withField(TYPE, "manual") : taken;
  }

  private static boolean asksForThem(Request request) {
    return request.need(TYPE).equals("awsbackup");
  }

  private static Reply shown(Request request, Reply reply) {
    Document answer = Xml.parse(reply.text());
    boolean listed =
        request.operation().startsWith("Describe")
            && NAMES.stream().allMatch(name -> request.field(name).isEmpty());
    Stream.of("DBSnapshot", "DBClusterSnapshot")
        .flatMap(type -> Xml.all(answer, type).stream())
        .forEach(snapshot -> {
          boolean isOne =
              Xml.text(snapshot, snapshot.getTagName() + "Identifier").startsWith(PREFIX);
          if (isOne) {
            Xml.set(snapshot, TYPE, "awsbackup");
          }
          if (listed && isOne != asksForThem(request)) {
            drop(snapshot);
          }
        });
    return reply.with(Xml.print(answer));
  }

  private static void drop(Element snapshot) {
    snapshot.getParentNode().removeChild(snapshot);
  }
}
