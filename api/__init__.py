"""The ways in: GraphQL, linked data, web, command line; the only place that wires things together.

Its rooms, from the settings up:

    settings home                       what an installation is told, and where its files lie
    parts wiring                        its parts, opened when needed; what is done with them
    declared bringing cleansing         its sources; facts brought in; what older versions left, removed
    rebuilding snapshot                 what is served: made anew beside the old one, and opened
    server control web/                 serving it, and handing a command to whoever serves
    graphql/ sparql linked_data export  the questions that programs ask
    cli/                                the command `resurse`, over
      reports reconcile validation networks evaluation backup
    writing                             answers of any length, whole or not there
    generate                            writes the generated files
"""
