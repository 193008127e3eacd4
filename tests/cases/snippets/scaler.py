# %% [markdown]
# # Case { #case }

# %%
import numpy as np  # kept
from sklearn.preprocessing import StandardScaler  # kept

x = np.array([[1.0], [3.0]])  # kept
scaler = StandardScaler()  # kept
scaler.fit(x)  # kept
z = scaler.transform(x)

# %%
print(scaler.mean_)
# > [2.]
