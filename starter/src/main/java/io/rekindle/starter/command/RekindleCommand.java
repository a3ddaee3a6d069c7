package io.rekindle.starter.command;

import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine.Command;

@Command(
    name = "rekindle",
    description = "Recovers an AWS application in another Region by running its written playbook.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      ValidateCommand.class,
      RehearseCommand.class,
      ForecastCommand.class,
      RequestCommand.class,
      KindsCommand.class,
      GenerateCompletion.class
    })
public final class RekindleCommand {}
