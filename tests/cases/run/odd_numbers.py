# %% [markdown]
# # Case { #case }

# %%
print(0.1 + 0.2 - 0.3)
print(round(-0.03, 1))
print(f"{-0.0001:.1%}")

# %%
print(-0.03, "-0.07", 10 - 0.5, "layer-0", "2-0", "x = -0.5")
# > -0.03 -0.07 9.5 layer-0 2-0 x = -0.5
print(1e-11, 1.4e-45, 0.0)
# > 1e-11 1.4e-45 0.0

# %%
tiny = 2.0**-50
print(tiny)
# > 8.881784197001252e-16
assert abs(tiny - 8.88e-16) < 1e-18
