"""The product as a whole: the flow a person takes, promises kept, coherence."""
