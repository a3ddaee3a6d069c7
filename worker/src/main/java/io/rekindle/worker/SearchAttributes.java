package io.rekindle.worker;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.rekindle.run.Workflows;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.OperatorServiceGrpc;
import io.temporal.api.operatorservice.v1.OperatorServiceGrpc.OperatorServiceBlockingStub;
import io.temporal.serviceclient.WorkflowServiceStubs;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a namespace must know before a run can be found in it. */
@Singleton
final class SearchAttributes {
  private static final Logger LOG = LoggerFactory.getLogger(SearchAttributes.class);
  private static final IndexedValueType KEYWORD = IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD;
  private static final long CALL_SECONDS = 10;

  /** Not every part of a server hears at once of a namespace, or of an attribute, that is new. */
  private static final Duration UNTIL_KNOWN = Duration.ofSeconds(30);

  private static final Duration PAUSE = Duration.ofMillis(500);

  private final WorkflowServiceStubs stubs;
  private final Namespace namespace;
  private final WorkerSettings settings;

  SearchAttributes(WorkflowServiceStubs stubs, Namespace namespace, WorkerSettings settings) {
    this.stubs = stubs;
    this.namespace = namespace;
    this.settings = settings;
  }

  /**
   * Creates those that are missing and may be created.
   *
   * @throws StatusRuntimeException when the server tells nothing
   */
  void check() {
    try {
      List<String> missing = missing();
      if (!missing.isEmpty()) {
        allowed(missing);
        create(missing);
      }
    } catch (StatusRuntimeException refused) {
      if (!isReserved(refused)) {
        throw refused;
      }
      LOG.warn(
          "the server does not list its search attributes: {}; runs need {}",
          refused.getMessage(),
          Workflows.SEARCH_ATTRIBUTES);
    }
  }

  /** Whether only administrators are answered here. */
  private static boolean isReserved(StatusRuntimeException refused) {
    Status.Code code = refused.getStatus().getCode();
    return code == Status.Code.UNIMPLEMENTED || code == Status.Code.PERMISSION_DENIED;
  }

  private void allowed(List<String> missing) {
    if (!settings.create()) {
      throw new CannotStart(
          ("The namespace '%s' lacks the search attributes %s: create them "
                  + "(temporal operator search-attribute create --namespace %s%s), or start the "
                  + "worker with --create.")
              .formatted(
                  namespace.name(),
                  String.join(", ", missing),
                  namespace.name(),
                  missing.stream()
                      .map(" --name %s --type Keyword"::formatted)
                      .collect(Collectors.joining())));
    }
  }

  private List<String> missing() {
    Map<String, IndexedValueType> known = known();
    String otherwise =
        Workflows.SEARCH_ATTRIBUTES.stream()
            .filter(name -> known.getOrDefault(name, KEYWORD) != KEYWORD)
            .collect(Collectors.joining(", "));
    if (!otherwise.isEmpty()) {
      throw new CannotStart(
          ("In the namespace '%s' these search attributes are not of type Keyword, as they must "
                  + "be: %s; remove them (temporal operator search-attribute remove) or set "
                  + "TEMPORAL_NAMESPACE to another.")
              .formatted(namespace.name(), otherwise));
    }
    return Workflows.SEARCH_ATTRIBUTES.stream().filter(name -> !known.containsKey(name)).toList();
  }

  private Map<String, IndexedValueType> known() {
    try {
      return server()
          .listSearchAttributes(
              ListSearchAttributesRequest.newBuilder().setNamespace(namespace.name()).build())
          .getCustomAttributesMap();
    } catch (StatusRuntimeException refused) {
      if (refused.getStatus().getCode() == Status.Code.NOT_FOUND) {
        return Map.of();
      }
      throw refused;
    }
  }

  private void create(List<String> missing) {
    AddSearchAttributesRequest.Builder request =
        AddSearchAttributesRequest.newBuilder().setNamespace(namespace.name());
    missing.forEach(name -> request.putSearchAttributes(name, KEYWORD));
    long began = System.nanoTime();
    while (!isKnown(request.build())) {
      if (System.nanoTime() - began > UNTIL_KNOWN.toNanos()) {
        throw new CannotStart(
            ("The search attributes %s of the namespace '%s' did not appear within %ds; check "
                    + "the server's log.")
                .formatted(missing, namespace.name(), UNTIL_KNOWN.toSeconds()));
      }
      pause();
    }
    LOG.info("created the search attributes {}", String.join(", ", missing));
  }

  private boolean isKnown(AddSearchAttributesRequest request) {
    try {
      var unused = server().addSearchAttributes(request);
      return missing().isEmpty();
    } catch (StatusRuntimeException refused) {
      return switch (refused.getStatus().getCode()) {
        case ALREADY_EXISTS -> missing().isEmpty();
        case NOT_FOUND -> false;
        default -> throw refused;
      };
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new CannotStart("The worker was stopped while it created search attributes.");
    }
  }

  /** With the credentials of the worker, which the bare channel does not carry. */
  private OperatorServiceBlockingStub server() {
    return OperatorServiceGrpc.newBlockingStub(stubs.blockingStub().getChannel())
        .withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS);
  }
}
