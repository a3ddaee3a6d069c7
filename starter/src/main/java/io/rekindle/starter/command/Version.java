package io.rekindle.starter.command;

import io.micronaut.core.annotation.Introspected;
import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

@Introspected
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version =
        Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
            .orElse("unpackaged");
    return new String[] {"rekindle " + version};
  }
}
