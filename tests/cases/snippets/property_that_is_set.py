# %% [markdown]
# # Case { #case }

# %%
log = []  # kept


class Rate:  # kept
    @property
    def value(self):
        return self._value

    @value.setter
    def value(self, value):
        log.append(value)
        self._value = value


rate = Rate()  # kept
other = [rate]
rate.value = 0.1  # kept

# %%
print(log)
# > [0.1]
