package io.rekindle.simulator.contract;

import io.rekindle.simulator.wire.Client;
import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import io.rekindle.simulator.wire.Xml;
import java.util.Map;
import java.util.Optional;

/** What keys of conditions stand for when a request is judged. */
final class Conditions {
  private static final String TAG = "aws:ResourceTag/";

  /** Who tells the tags of what is theirs, and the version of their API. */
  private static final Map<String, String> TAGGING =
      Map.of("rds", "2014-10-31", "elasticache", "2015-02-02");

  private Conditions() {}

  /** Nothing for a key that it does not know: then the condition does not hold. */
  static Optional<String> value(String key, Access access, Request request, Cloud cloud) {
    if (key.equals("aws:RequestedRegion")) {
      return Optional.of(request.region());
    }
    return key.startsWith(TAG) && access.resource().startsWith("arn:")
        ? tag(key.substring(TAG.length()), access.resource(), Client.as(request, cloud))
        : Optional.empty();
  }

  private static Optional<String> tag(String key, String resource, Client client) {
    String service = resource.split(":", 4)[2];
    String version = TAGGING.get(service);
    if (version == null) {
      return Optional.empty();
    }
    Reply reply =
        client.form(service, version, "ListTagsForResource", Map.of("ResourceName", resource));
    return reply.succeeded()
        ? Xml.all(Xml.parse(reply.text()), "Tag").stream()
            .filter(tag -> Xml.text(tag, "Key").equals(key))
            .map(tag -> Xml.text(tag, "Value"))
            .findFirst()
        : Optional.empty();
  }
}
