import InspectCommands

MLMInspectCommand.start()
