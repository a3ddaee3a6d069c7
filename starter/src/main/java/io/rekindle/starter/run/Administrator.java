package io.rekindle.starter.run;

import io.grpc.Channel;
import io.rekindle.run.Workflows;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.OperatorServiceGrpc;

/** What is done once to a server of Temporal's tests, which begins with nothing. */
public final class Administrator {
  private Administrator() {}

  /** Makes known what runs are found by. */
  public static void prepare(Channel server) {
    AddSearchAttributesRequest.Builder request =
        AddSearchAttributesRequest.newBuilder().setNamespace("default");
    Workflows.SEARCH_ATTRIBUTES.forEach(
        name -> request.putSearchAttributes(name, IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD));
    var unused = OperatorServiceGrpc.newBlockingStub(server).addSearchAttributes(request.build());
  }
}
