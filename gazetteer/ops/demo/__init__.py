"""The demonstration content: profile `world` (real listings, true stories) and profile `town` (plainly invented)."""
