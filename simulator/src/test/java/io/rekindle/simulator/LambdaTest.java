package io.rekindle.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.simulator.function.Invocation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LastUpdateStatus;
import software.amazon.awssdk.services.lambda.model.ProvisionedConcurrencyStatusEnum;
import software.amazon.awssdk.services.lambda.model.Runtime;
import software.amazon.awssdk.services.lambda.model.State;
import software.amazon.awssdk.services.sqs.SqsClient;

class LambdaTest {
  private static final Simulator SIMULATOR = Simulators.plain();
  private static final String ACCOUNT = "520000000021";
  private static final Duration LONG = Duration.ofMinutes(10);
  private final LambdaClient lambda = Aws.of(SIMULATOR, ACCOUNT).client(LambdaClient.builder());
  private final SqsClient sqs = Aws.of(SIMULATOR, ACCOUNT).client(SqsClient.builder());
  private final List<String> delivered = new CopyOnWriteArrayList<>();

  @BeforeEach
  void aFunction() {
    SIMULATOR.functions().forget();
    SIMULATOR
        .tempo()
        .instantly(() ->
            lambda.createFunction(it ->
                it.functionName("shop")
                    .runtime(Runtime.PYTHON3_13)
                    .handler("shop.handle")
                    .role("arn:aws:iam::520000000021:role/shop")
                    .code(code -> code.zipFile(SdkBytes.fromUtf8String("zip")))
                    .environment(each -> each.variables(Map.of("HOST", "old")))));
  }

  @AfterEach
  void forget() {
    SIMULATOR.tempo().forget();
    SIMULATOR.functions().forget();
  }

  private GetFunctionConfigurationResponse look() {
    return lambda.getFunctionConfiguration(it -> it.functionName("shop"));
  }

  private void update(String host, String revision) {
    lambda.updateFunctionConfiguration(it ->
        it.functionName("shop")
            .revisionId(revision)
            .environment(each -> each.variables(Map.of("HOST", host))));
  }

  private InvokeResponse invoke(String qualifier) {
    return lambda.invoke(
        it -> it.functionName("shop").qualifier(qualifier).payload(SdkBytes.fromUtf8String("{}")));
  }

  private String host(String qualifier) {
    SIMULATOR.functions().runs("shop", call -> "\"" + call.environment().get("HOST") + "\"");
    return invoke(qualifier).payload().asUtf8String().replace("\"", "");
  }

  @Test
  void anUpdateRunsOnlyWhenItIsSuccessful() {
    SIMULATOR.tempo().lasts("UpdateFunctionConfiguration", LONG);
    update("new", look().revisionId());
    assertThat(look().lastUpdateStatus()).isEqualTo(LastUpdateStatus.IN_PROGRESS);
    assertThat(host("$LATEST")).isEqualTo("old");
    SIMULATOR.tempo().pass(LONG);
    assertThat(look().lastUpdateStatus()).isEqualTo(LastUpdateStatus.SUCCESSFUL);
    assertThat(host("$LATEST")).isEqualTo("new");
  }

  @Test
  void anUpdateThatFailedRunsAsBefore() {
    SIMULATOR.tempo().lasts("UpdateFunctionConfiguration", Duration.ZERO);
    SIMULATOR.tempo().endsAs("UpdateFunctionConfiguration", "Failed");
    update("new", look().revisionId());
    assertThat(look().lastUpdateStatusReasonCodeAsString()).isEqualTo("SubnetOutOfIPAddresses");
    assertThat(host("$LATEST")).isEqualTo("old");
  }

  @Test
  void anUpdateInProgressRefusesTheNext() {
    SIMULATOR.tempo().lasts("UpdateFunctionConfiguration", LONG);
    update("new", look().revisionId());
    RdsAccount.assertRefused(
        "ResourceConflictException", 409, () -> update("newer", look().revisionId()));
  }

  @Test
  void theRevisionGuardsAChangeAndIsAnotherOneWhenTheChangeIsOver() {
    SIMULATOR.tempo().lasts("UpdateFunctionConfiguration", LONG);
    String before = look().revisionId();
    update("new", before);
    String meanwhile = look().revisionId();
    SIMULATOR.tempo().pass(LONG);
    assertThat(List.of(before, meanwhile, look().revisionId())).doesNotHaveDuplicates();
    RdsAccount.assertRefused("PreconditionFailedException", 412, () -> update("newer", before));
  }

  @Test
  void anAliasKeepsTheVersionThatItPointsTo() {
    String version = lambda.publishVersion(it -> it.functionName("shop")).version();
    lambda.createAlias(it -> it.functionName("shop").name("live").functionVersion(version));
    SIMULATOR
        .tempo()
        .instantly(() -> {
          update("new", look().revisionId());
          return true;
        });
    assertThat(host("live")).isEqualTo("old");
    assertThat(host("$LATEST")).isEqualTo("new");
    assertThat(invoke("live").executedVersion()).isEqualTo(version);
  }

  @Test
  void whatAFunctionThrowsIsAnAnswerWithAnErrorInIt() {
    SIMULATOR
        .functions()
        .runs(
            "shop",
            call -> {
              throw new IllegalStateException("no stock");
            });
    InvokeResponse answer = invoke("$LATEST");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.functionError()).isEqualTo("Unhandled");
    assertThat(answer.payload().asUtf8String()).contains("no stock", "IllegalStateException");
  }

  @Test
  void aFunctionIsRunAsItIsNamedByItsArnFirst() {
    SIMULATOR.functions().runs("shop", call -> "1");
    SIMULATOR.functions().runs(look().functionArn(), Invocation::payload);
    assertThat(invoke("$LATEST").payload().asUtf8String()).isEqualTo("{}");
  }

  @Test
  void noneIsNotZeroAndZeroRunsNothing() {
    assertThat(reserved()).isNull();
    reserve(0);
    assertThat(reserved()).isZero();
    RdsAccount.assertRefused("TooManyRequestsException", 429, () -> invoke("$LATEST"));
    lambda.deleteFunctionConcurrency(it -> it.functionName("shop"));
    assertThat(reserved()).isNull();
    invoke("$LATEST");
  }

  private Integer reserved() {
    return lambda
        .getFunctionConcurrency(it -> it.functionName("shop"))
        .reservedConcurrentExecutions();
  }

  private void reserve(int count) {
    lambda.putFunctionConcurrency(
        it -> it.functionName("shop").reservedConcurrentExecutions(count));
  }

  @Test
  void aHundredStayFreeInEachAccount() {
    RdsAccount.assertRefused("InvalidParameterValueException", 400, () -> reserve(901));
    reserve(900);
  }

  @Test
  void whatIsKeptWarmIsSoAfterAWhileAndNeverOfWhatIsNotPublished() {
    RdsAccount.assertRefused("InvalidParameterValueException", 400, () -> warm("$LATEST"));
    String version = lambda.publishVersion(it -> it.functionName("shop")).version();
    SIMULATOR.tempo().lasts("PutProvisionedConcurrencyConfig", LONG);
    warm(version);
    assertThat(warmth(version)).isEqualTo(ProvisionedConcurrencyStatusEnum.IN_PROGRESS);
    SIMULATOR.tempo().pass(LONG);
    assertThat(warmth(version)).isEqualTo(ProvisionedConcurrencyStatusEnum.READY);
  }

  private void warm(String qualifier) {
    lambda.putProvisionedConcurrencyConfig(
        it -> it.functionName("shop").qualifier(qualifier).provisionedConcurrentExecutions(2));
  }

  private ProvisionedConcurrencyStatusEnum warmth(String version) {
    return lambda
        .getProvisionedConcurrencyConfig(it -> it.functionName("shop").qualifier(version))
        .status();
  }

  @Test
  void anInvocationWakesWhatWasIdleAndFails() {
    SIMULATOR.functions().fallIdle(ACCOUNT, "us-east-2", "shop");
    SIMULATOR.tempo().lasts("CreateFunction", LONG);
    assertThat(look().state()).isEqualTo(State.INACTIVE);
    RdsAccount.assertRefused("ResourceNotReadyException", 502, () -> invoke("$LATEST"));
    assertThat(look().state()).isEqualTo(State.PENDING);
    RdsAccount.assertRefused("ResourceConflictException", 409, () -> invoke("$LATEST"));
    SIMULATOR.tempo().pass(LONG);
    invoke("$LATEST");
  }

  private String mapping(String queue) {
    sqs.createQueue(it -> it.queueName(queue));
    SIMULATOR
        .functions()
        .runs(
            "shop",
            call -> {
              delivered.add(call.payload());
              return "null";
            });
    return SIMULATOR
        .tempo()
        .instantly(() ->
            lambda.createEventSourceMapping(it ->
                it.functionName("shop")
                    .eventSourceArn("arn:aws:sqs:us-east-2:" + ACCOUNT + ":" + queue)))
        .uuid();
  }

  private void send(String queue, String message) {
    sqs.sendMessage(it -> it.queueUrl("http://sqs/" + ACCOUNT + "/" + queue).messageBody(message));
  }

  private void awaitDelivery(String message) throws InterruptedException {
    for (int i = 0; i < 200 && delivered.stream().noneMatch(it -> it.contains(message)); i++) {
      Thread.sleep(50);
    }
    assertThat(delivered).anyMatch(it -> it.contains(message));
  }

  private void assertNothingArrives() throws InterruptedException {
    delivered.clear();
    Thread.sleep(300);
    assertThat(delivered).isEmpty();
  }

  private void set(String mapping, boolean enabled) {
    lambda.updateEventSourceMapping(it -> it.uuid(mapping).enabled(enabled));
  }

  private String stateOf(String mapping) {
    return lambda.getEventSourceMapping(it -> it.uuid(mapping)).state();
  }

  @Test
  void aMessageComesToTheFunctionAsLongAsItsMappingIsNotDisabled() throws InterruptedException {
    String mapping = mapping("orders-1");
    send("orders-1", "first");
    awaitDelivery("first");
    SIMULATOR.tempo().lasts("UpdateEventSourceMapping", LONG);
    set(mapping, false);
    assertThat(stateOf(mapping)).isEqualTo("Disabling");
    send("orders-1", "second");
    awaitDelivery("second");
    RdsAccount.assertRefused("ResourceInUseException", 400, () -> set(mapping, true));
    SIMULATOR.tempo().pass(LONG);
    assertThat(stateOf(mapping)).isEqualTo("Disabled");
    send("orders-1", "third");
    assertNothingArrives();
    set(mapping, true);
    SIMULATOR.tempo().pass(LONG);
    awaitDelivery("third");
  }

  @Test
  void aFunctionThatMayNotRunIsGivenNothing() throws InterruptedException {
    reserve(0);
    mapping("orders-2");
    send("orders-2", "first");
    assertNothingArrives();
    reserve(1);
    awaitDelivery("first");
  }
}
