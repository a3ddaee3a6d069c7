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
      UpCommand.class,
      DemoCommand.class,
      WorkerCommand.class,
      SimulateCommand.class,
      FailoverCommand.class,
      StatusCommand.class,
      WatchCommand.class,
      ReportCommand.class,
      ApproveCommand.class,
      RejectCommand.class,
      ExtendCommand.class,
      RetryCommand.class,
      SkipCommand.class,
      DoneCommand.class,
      PauseCommand.class,
      ResumeCommand.class,
      AbortCommand.class,
      FailbackCommand.class,
      CloseCommand.class,
      DrillCommand.class,
      KindsCommand.class,
      IamCommand.class,
      HelpCommand.class,
      GenerateCompletion.class
    })
public final class RekindleCommand {}
