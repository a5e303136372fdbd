from sroi.cli import main

main()
