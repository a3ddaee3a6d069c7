package io.rekindle.action.aws.secrets;

import io.rekindle.action.aws.Visit;
import io.rekindle.action.aws.inventory.Prices;
import io.rekindle.action.aws.inventory.Shelf;
import io.rekindle.action.aws.inventory.Sort;
import io.rekindle.action.aws.inventory.Thing;
import io.rekindle.plan.step.Action;
import io.rekindle.plan.step.data.Secrets;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;
import software.amazon.awssdk.services.secretsmanager.model.Tag;

/** All secrets; those that wait for their deletion cost nothing any more. */
@Singleton
final class SecretsShelf implements Shelf {
  @Override
  public Set<Class<? extends Action>> services() {
    return Set.of(Secrets.class);
  }

  @Override
  public List<Sort> sorts() {
    return List.of(
        Sort.of("secret", "secretsmanager:secret", SecretsShelf::all)
            .removedBy(SecretsShelf::delete));
  }

  private static SecretsManagerClient client(Visit visit) {
    return visit.client(SecretsManagerClient.class, SecretsManagerClient::builder);
  }

  private static Stream<Thing> all(Visit visit) {
    return client(visit).listSecretsPaginator().stream()
        .flatMap(page -> page.secretList().stream())
        .map(secret -> Thing.of(secret.name(), secret.arn(), tags(secret), Prices.secret()));
  }

  private static Map<String, String> tags(SecretListEntry secret) {
    return secret.tags().stream().collect(Collectors.toMap(Tag::key, Tag::value));
  }

  private static void delete(Visit visit, Thing secret) {
    var unused =
        client(visit)
            .deleteSecret(
                request -> request.secretId(secret.arn()).forceDeleteWithoutRecovery(true));
  }
}
