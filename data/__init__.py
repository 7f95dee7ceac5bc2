"""Everything Biwu knows and does, without a window: rules, the store, actions, queries and files in and out."""
